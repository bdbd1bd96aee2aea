namespace Endpoints.Architecture.Tests;

/// <summary>One use of a type of another room.</summary>
/// <param name="From">The room that uses it.</param>
/// <param name="To">The room that it lies in.</param>
/// <param name="Where">The file and line.</param>
/// <param name="Type">The type.</param>
internal sealed record Arrow(string From, string To, string Where, string Type)
{
    public override string ToString() => $"{From} -> {To}: {Where} uses {Type}";
}
