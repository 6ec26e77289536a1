/** Secrets and vaults: our calls for those of the official client. */
import { Redacted } from "effect";
import { awsVault, azureVault, googleVault } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const id = "x1";
const value = Redacted.make("x1");
/** The recorder gave words where objects belong. */
const word = "x1" as never;

const times = { createdBy: null, createdOn: null, lastUpdatedBy: null, lastUpdatedOn: null };
const secret = {
  type: "T",
  format: null,
  ref: id,
  permissionItems: [],
  description: null,
  ...times,
  vaultId: null,
  remoteSecretRef: null,
  remoteSecretVersion: null,
};
const vault = { id, type: "T" };

const secrets: Noun = {
  areas: ["secretsmanager"],
  methods: {
    "DSSSecretsManager.list_secrets": { ours: "Secrets.list", calls: [({ secrets }) => secrets.list()] },
    "DSSSecretsManager.create_local_secret": {
      ours: "Secrets.createLocal",
      calls: [
        ({ secrets }) => secrets.createLocal(id, value),
        ({ secrets }) => secrets.createLocal(id, value, { permissions: [word], description: id }),
      ],
    },
    "DSSSecretsManager.create_vault_secret": {
      ours: "Secrets.createInVault",
      calls: [
        ({ secrets }) => secrets.createInVault(id, id, id),
        ({ secrets }) => secrets.createInVault(id, id, id, { version: id, permissions: [word], description: id }),
      ],
    },
    "DSSSecret._get_metadata": { ours: "Secrets.get", calls: [({ secrets }) => secrets.get(id)] },
    "DSSSecret.save": {
      ours: "Secrets.update",
      calls: [
        ({ secrets }) => secrets.update(id, (found) => found),
        ({ secrets }) => secrets.update(id, (found) => found, { confirmLosingAdminAccess: true }),
      ],
    },
    "DSSSecret._get_capabilities": { ours: "Secrets.capabilities", calls: [({ secrets }) => secrets.capabilities(id)] },
    "DSSSecret.delete": { ours: "Secrets.delete", calls: [({ secrets }) => secrets.delete(id)] },
    "DSSSecret.get_value": {
      ours: "Secrets.value",
      calls: [({ secrets }) => secrets.value(id), ({ secrets }) => secrets.value(id, { context: word })],
    },
    "DSSLocalSecret.update_value": {
      ours: "Secrets.updateValue",
      calls: [
        ({ secrets }) => secrets.updateValue(id, value),
        ({ secrets }) => secrets.updateValue(id, value, { context: word }),
      ],
    },
    "DSSVaultsManager.list_vaults": { ours: "Vaults.list", calls: [({ vaults }) => vaults.list()] },
    "DSSVaultsManager.get_vault": { ours: "Vaults.get", calls: [({ vaults }) => vaults.get(id)] },
    "DSSVaultsManager.create_aws_secrets_manager_vault": {
      ours: "awsVault",
      calls: [({ vaults }) => vaults.create(awsVault(id, id))],
    },
    "DSSVaultsManager.create_azure_key_vault_vault": {
      ours: "azureVault",
      calls: [({ vaults }) => vaults.create(azureVault(id, id))],
    },
    "DSSVaultsManager.create_gcp_secret_manager_vault": {
      ours: "googleVault",
      calls: [({ vaults }) => vaults.create(googleVault(id, id))],
    },
    "DSSVault.save": { ours: "Vaults.updateDefinition", calls: [] },
    "DSSVault.list_referencing_secret_identifiers": {
      ours: "Vaults.referencingSecrets",
      calls: [({ vaults }) => vaults.referencingSecrets(id)],
    },
    "DSSVault.delete": { ours: "Vaults.delete", calls: [({ vaults }) => vaults.delete(id)] },
  },
  withoutRequest: {
    "DSSClient.get_secrets_manager": "Secrets.list",
    "DSSClient.get_vaults_manager": "Vaults.list",
    "DSSSecretsManager.get_secret": "Secrets.get",
    "DSSSecret.type": "Secret",
    "DSSSecret.description": "Secret",
    "DSSSecret.permission_items": "Secret",
    "DSSSecret.created_by": "Secret",
    "DSSSecret.created_on": "Secret.createdAt",
    "DSSSecret.last_updated_by": "Secret",
    "DSSSecret.last_updated_on": "Secret.updatedAt",
    "DSSSecret.refresh": "Secrets.get",
    "DSSSecret.can_use": "SecretCapabilities",
    "DSSSecret.can_read": "SecretCapabilities",
    "DSSSecret.can_write": "SecretCapabilities",
    "DSSSecret.can_admin": "SecretCapabilities",
    "DSSSecret.share_with_user": "shareSecret",
    "DSSSecret.share_with_group": "shareSecret",
    "DSSSecret.revoke_share_with_user": "unshareSecret",
    "DSSSecret.revoke_share_with_group": "unshareSecret",
    "DSSSecret.get_as_local_secret": "Secrets.updateValue",
    "DSSSecret.get_as_vault_secret": "Secrets.get",
    "DSSSecretCapabilities.from_dict": "SecretCapabilities",
    "DSSVaultSecret.vault_id": "Secret",
    "DSSVaultSecret.remote_secret_identifier": "Secret",
    "DSSVaultSecret.remote_secret_version": "Secret",
    "DSSVault.from_raw": "Vault",
    "DSSVault.created_by": "Vault",
    "DSSVault.created_on": "Vault.createdAt",
    "DSSVault.last_updated_by": "Vault",
    "DSSVault.last_updated_on": "Vault.updatedAt",
    "DSSVaultCacheSettings.from_raw": "VaultCacheSettings",
    "DSSVaultCacheSettings.get_raw": "VaultCacheSettings",
    "AWSSecretsManagerAuthConfigBase.from_raw": "VaultAuth",
    "AWSSecretsManagerAuthConfigBase.get_raw": "awsVaultAuth",
    "AWSEnvironmentAuthConfig.get_raw": "awsVaultAuth",
    "AWSIAMRoleAuthConfig.get_raw": "awsVaultAuth",
    "AWSKeypairAuthConfig.get_raw": "awsVaultAuth",
    "AzureKeyVaultAuthConfigBase.from_raw": "VaultAuth",
    "AzureKeyVaultAuthConfigBase.get_raw": "azureVaultAuth",
    "AzureEnvironmentAuthConfig.get_raw": "azureVaultAuth",
    "AzureManagedIdentityAuthConfig.get_raw": "azureVaultAuth",
    "AzureClientSecretAuthConfig.get_raw": "azureVaultAuth",
    "AzureClientCertificateAuthConfig.get_raw": "azureVaultAuth",
    "GCPSecretManagerAuthConfigBase.from_raw": "VaultAuth",
    "GCPSecretManagerAuthConfigBase.get_raw": "googleVaultAuth",
    "GCPEnvironmentAuthConfig.get_raw": "googleVaultAuth",
    "GCPKeypairAuthConfig.get_raw": "googleVaultAuth",
  },
  samples: {
    "GET /secrets-manager/secrets": [secret],
    "GET /secrets-manager/secrets/{}": secret,
    "POST /secrets-manager/secrets/{}/actions/read": { value: id },
    "GET /secrets-manager/vaults": [vault],
    "GET /secrets-manager/vaults/{}": vault,
    "POST /secrets-manager/vaults": vault,
    "GET /secrets-manager/vaults/{}/referencing-secret-refs": [id],
  },
};

export default secrets;
