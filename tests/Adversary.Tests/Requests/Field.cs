namespace Adversary.Tests.Requests;

/// <summary>A line of a header section, as it is written: what stands between name and value is the attacker's choice as well.</summary>
internal sealed record Field(string Name, string Value, string Between = ": ")
{
    /// <summary>The name as a careless reader would take it.</summary>
    public string Loose { get; } = Name.Trim(' ', '\t', '\r', '\n', '\0').Replace('_', '-').ToLowerInvariant();

    /// <summary>Determines whether it is this header for everybody who reads the line by the specification.</summary>
    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase) && Between is ": " or ":";

    public override string ToString() => Name + Between + Value;
}
