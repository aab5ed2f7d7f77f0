/** The settings of a desk on Azure, as few as it starts with; nothing is at their addresses. */
export const AZURE_SETTINGS = {
  COSMOS_ENDPOINT: 'https://claims.documents.azure.com',
  BLOB_ENDPOINT: 'https://files.blob.core.windows.net',
  LINK_KEY: 'k'.repeat(32),
  HISTORY_KEYS: 'h'.repeat(32),
  SIGNING_KEYS: `${Buffer.alloc(32, 1).toString('base64')}@2026-01-31`,
};
