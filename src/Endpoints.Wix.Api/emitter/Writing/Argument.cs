using Endpoints.Wix.Api.Emitter.Facts;

namespace Endpoints.Wix.Api.Emitter.Writing;

/// <summary>An argument of a method.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Type">Its type in C#.</param>
/// <param name="IsStruct">Whether that is a value type.</param>
/// <param name="Documentation">What is said of it.</param>
internal sealed record Argument(string Name, string Type, bool IsStruct, string Documentation)
{
    /// <summary>Gets the statements that the method runs for the argument.</summary>
    public List<string> Statements { get; } = [];

    /// <summary>The fields of a message that is made for it alone; null when there is none.</summary>
    public IReadOnlyList<Field>? Fields { get; init; }

    public bool IsOptional { get; init; }
}
