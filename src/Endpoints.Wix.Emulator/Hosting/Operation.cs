using Endpoints.Wix.Emulator.Answers;

namespace Endpoints.Wix.Emulator.Hosting;

/// <summary>One thing that the platform can do, where it is found and who may do it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">The path, as an ASP.NET Core route template.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Permission">The permission that apps and API keys need; null for none.</param>
/// <param name="Run">Does it.</param>
internal sealed record Operation(string Method, string Template, Access Access, string? Permission, Func<ApiRequest, ValueTask<Answer>> Run)
{
    /// <summary>Whether the body is left for the operation to read, as with uploads.</summary>
    public bool RawBody { get; init; }

    public string Route => $"{Method} {Template}";
}
