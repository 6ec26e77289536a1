/**
 * Ways into vaults, and pure builders of them.
 *
 * @module
 */
import type * as Redacted from "effect/Redacted";

/** DSS says who it is by what is around it, as the role of its machine. */
export interface EnvironmentVaultAuth {
  /** Kind. */
  readonly type: "ENVIRONMENT";
}

/** DSS takes a role of AWS. */
export interface AwsRoleVaultAuth {
  /** Kind. */
  readonly type: "IAM_ROLE";
  /** Name of the role, as `arn:aws:iam::123456789012:role/dss`. */
  readonly roleArn: string;
  /** Id that the owner of the role asks for. */
  readonly externalId?: string;
  /** How long a session lasts, in seconds. */
  readonly durationSeconds?: number;
  /** Region of the service that gives roles, or its address. */
  readonly stsEndpoint?: string;
}

/** DSS has a key of AWS. */
export interface AwsKeyPairVaultAuth {
  /** Kind. */
  readonly type: "KEYPAIR";
  /** Id of the key. */
  readonly accessKey: string;
  /** The key. */
  readonly secretKey: Redacted.Redacted<string>;
  /** Token of a session. */
  readonly sessionToken?: Redacted.Redacted<string>;
}

/** How DSS gets into AWS Secrets Manager. */
export type AwsVaultAuth = EnvironmentVaultAuth | AwsRoleVaultAuth | AwsKeyPairVaultAuth;

/** Where DSS says to Azure who it is. */
export interface AzureAuthority {
  /** Host of the authority; by default that of the public cloud. */
  readonly authorityHost?: string;
}

/** DSS says to Azure who it is by what is around it. */
export interface AzureEnvironmentVaultAuth extends EnvironmentVaultAuth, AzureAuthority {}

/** DSS has an identity that Azure manages. */
export interface AzureIdentityVaultAuth {
  /** Kind. */
  readonly type: "MANAGED_IDENTITY";
  /** Id of the identity; by default the only one of the machine. */
  readonly managedIdentityResourceId?: string;
}

/** DSS is an application of Azure, with a secret. */
export interface AzureSecretVaultAuth extends AzureAuthority {
  /** Kind. */
  readonly type: "CLIENT_SECRET";
  /** Id of the tenant. */
  readonly tenantId: string;
  /** Id of the application. */
  readonly clientId: string;
  /** Secret of the application. */
  readonly clientSecret: Redacted.Redacted<string>;
}

/** DSS is an application of Azure, with a certificate. */
export interface AzureCertificateVaultAuth extends AzureAuthority {
  /** Kind. */
  readonly type: "CLIENT_CERTIFICATE";
  /** Id of the tenant. */
  readonly tenantId: string;
  /** Id of the application. */
  readonly clientId: string;
  /** Path of the certificate, a PFX file, on the host of DSS. */
  readonly certificatePath: string;
  /** Password of the certificate. */
  readonly password?: Redacted.Redacted<string>;
}

/** How DSS gets into Azure Key Vault. */
export type AzureVaultAuth =
  | AzureEnvironmentVaultAuth
  | AzureIdentityVaultAuth
  | AzureSecretVaultAuth
  | AzureCertificateVaultAuth;

/** What all ways into Google have. */
export interface GoogleVaultAuthOptions {
  /** Domain of a universe of Google; by default the public one. */
  readonly universeDomain?: string;
  /** Mail address of the service account as which DSS goes on; by default as itself. */
  readonly impersonatedServiceAccount?: string;
  /** How DSS exchanges the token that it has for one of Google; by default not at all. */
  readonly workloadIdentity?: {
    /** Audience of the token that the provider of the pool takes. */
    readonly incomingAudience?: string;
    /** Audience of the token that it gives. */
    readonly tokenAudience?: string;
    /** Address where tokens are exchanged. */
    readonly tokenEndpoint?: string;
  };
}

/** DSS says to Google who it is by what is around it. */
export interface GoogleEnvironmentVaultAuth extends EnvironmentVaultAuth, GoogleVaultAuthOptions {}

/** DSS has the key of a service account. */
export interface GoogleKeyVaultAuth extends GoogleVaultAuthOptions {
  /** Kind. */
  readonly type: "KEYPAIR";
  /** The key, as JSON, or the path of a JSON or P12 file on the host of DSS. */
  readonly appSecretContent: Redacted.Redacted<string>;
  /** Mail address of the service account, which a P12 file needs. */
  readonly serviceAccountEmail?: string;
}

/** How DSS gets into Google Cloud Secret Manager. */
export type GoogleVaultAuth = GoogleEnvironmentVaultAuth | GoogleKeyVaultAuth;

/** A way into a vault, by the names of DSS; secrets are redacted until they are sent. */
export interface NewVaultAuth {
  /** How DSS says who it is. */
  readonly type: string;
  /** Everything else. */
  readonly [key: string]: unknown;
}

/** DSS is told all keys of a way, those too that nothing is said of. */
const complete = (auth: AwsVaultAuth | AzureVaultAuth, keys: ReadonlyArray<string>): NewVaultAuth => ({
  ...Object.fromEntries(keys.map((key) => [key, null])),
  ...auth,
});

/** A way into AWS Secrets Manager. */
export function awsVaultAuth(auth: AwsVaultAuth): NewVaultAuth {
  return complete(
    auth,
    {
      ENVIRONMENT: [],
      IAM_ROLE: ["roleArn", "externalId", "durationSeconds", "stsEndpoint"],
      KEYPAIR: ["accessKey", "secretKey", "sessionToken"],
    }[auth.type],
  );
}

/** A way into Azure Key Vault. */
export function azureVaultAuth(auth: AzureVaultAuth): NewVaultAuth {
  return complete(
    auth,
    {
      ENVIRONMENT: ["authorityHost"],
      MANAGED_IDENTITY: ["managedIdentityResourceId"],
      CLIENT_SECRET: ["tenantId", "clientId", "clientSecret", "authorityHost"],
      CLIENT_CERTIFICATE: ["tenantId", "clientId", "certificatePath", "password", "authorityHost"],
    }[auth.type],
  );
}

/** A way into Google Cloud Secret Manager. */
export function googleVaultAuth(auth: GoogleVaultAuth): NewVaultAuth {
  const { impersonatedServiceAccount, workloadIdentity, universeDomain } = auth;
  return {
    type: auth.type,
    universeDomain: universeDomain ?? null,
    impersonateServiceAccountAfterInitialAuth: impersonatedServiceAccount !== undefined,
    serviceAccountToImpersonateAfterInitialAuth: impersonatedServiceAccount ?? null,
    performWIFTokenExchange: workloadIdentity !== undefined,
    wifPoolProviderIncomingAudience: workloadIdentity?.incomingAudience ?? null,
    wifTokenAudience: workloadIdentity?.tokenAudience ?? null,
    wifTokenEndpoint: workloadIdentity?.tokenEndpoint ?? null,
    ...(auth.type === "KEYPAIR"
      ? { appSecretContent: auth.appSecretContent, serviceAccountEmail: auth.serviceAccountEmail ?? null }
      : {}),
  };
}
