namespace Endpoints.Shared.Pages;

/// <summary>An HTTP method that a page answers.</summary>
/// <param name="HttpMethod">The HTTP method in upper case, or <c>ALL</c>.</param>
/// <param name="Name">The name of the C# method.</param>
internal readonly record struct PageMethod(string HttpMethod, string Name);
