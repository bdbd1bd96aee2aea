namespace Endpoints.Interop.Tests;

/// <summary>What came of a script on a page: its result, and the cookies that scripts of the page see afterwards.</summary>
internal sealed record Page<T>(T Result, Dictionary<string, string> Cookies);
