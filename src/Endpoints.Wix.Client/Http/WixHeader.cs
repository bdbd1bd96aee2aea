namespace Endpoints.Wix.Http;

/// <summary>
/// A header that goes to Wix: for an API key the site or the account it is used for, or what is said of the answer that is wanted.
/// </summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">Its value, checked.</param>
internal readonly record struct WixHeader(string Name, string Value);
