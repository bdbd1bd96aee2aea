using Endpoints.Wix.Emulator.Answers;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>Represents an operation of the platform, its route and the access that it requires.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path, as an ASP.NET Core route template.</param>
/// <param name="Access">The callers that may call the operation.</param>
/// <param name="Permission">The permission that apps and API keys need, or <see langword="null"/> for none.</param>
/// <param name="Run">The function that performs the operation.</param>
internal sealed record Operation(string Method, string Template, Access Access, string? Permission, Func<ApiRequest, ValueTask<Answer>> Run)
{
    /// <summary>Gets a value that indicates whether the operation reads the body itself, as for uploads.</summary>
    public bool RawBody { get; init; }

    public string Route => $"{Method} {Template}";
}
