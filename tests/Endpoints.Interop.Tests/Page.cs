namespace Endpoints.Interop.Tests;

/// <summary>The outcome of a script on a page: its result, and the cookies that the page's scripts see afterwards.</summary>
internal sealed record Page<T>(T Result, Dictionary<string, string> Cookies);
