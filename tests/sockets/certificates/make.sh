#!/bin/sh
# Makes the certificates of the tests: an authority, a server, an expired server, a client, and a server that nobody vouches for. They are worth nothing elsewhere.
set -eu
target=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
touch index.txt
cat > ca.cnf << 'END'
[ca]
default_ca = authority
[authority]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = any
rand_serial = yes
unique_subject = no
[any]
commonName = supplied
END

# name, extensions, end (YYYYMMDD)
make() {
  name=$1 extensions=$2 end=$3
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "${name}_key.pem" -out "$name.csr" -subj "/CN=Test $name"
  printf '%b' "$extensions" > "$name.ext"
  case $name in authority | stranger) signer="-selfsign -keyfile ${name}_key.pem" ;; *) signer="-cert authority.pem -keyfile authority_key.pem" ;; esac
  # shellcheck disable=SC2086
  openssl ca -config ca.cnf -batch -notext $signer -in "$name.csr" -out "$name.pem" -extfile "$name.ext" \
    -startdate 20200101000000Z -enddate "${end}000000Z"
  cp "$name.pem" "${name}_key.pem" "$target"
}
make authority 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' 21200101
make server 'basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' 21200101
make expired 'basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' 20200102
make client 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:client\nextendedKeyUsage=clientAuth\n' 21200101
make stranger 'basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' 21200101
rm "$target/authority_key.pem"
