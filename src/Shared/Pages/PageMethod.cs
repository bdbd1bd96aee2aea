namespace Endpoints.Shared.Pages;

/// <summary>Represents an HTTP method that a page handles.</summary>
/// <param name="HttpMethod">The HTTP method in upper case, or <c>ALL</c>.</param>
/// <param name="Name">The name of the C# method.</param>
internal readonly record struct PageMethod(string HttpMethod, string Name);
