namespace Endpoints.Wix.Http;

/// <summary>A header that belongs to a credential: for an API key, the site or the account it is used for.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">An id, checked.</param>
internal readonly record struct WixHeader(string Name, string Value);
