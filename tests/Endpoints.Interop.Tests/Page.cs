namespace Endpoints.Interop.Tests;

/// <summary>What came of a script on a page: its result, and the cookies that the browser holds afterwards.</summary>
internal sealed record Page<T>(T Result, Dictionary<string, string> Cookies);
