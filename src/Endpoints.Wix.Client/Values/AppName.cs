namespace Endpoints.Wix.Values;

/// <summary>Represents the name of the app that services belong to.</summary>
/// <param name="Value">The name; the empty string for the app without a name.</param>
internal sealed record AppName(string Value)
{
    /// <summary>Gets the name of the app that is set up without a name.</summary>
    public static AppName Default { get; } = new("");

    public bool IsDefault => Value.Length == 0;

    /// <summary>Returns a name that is another one for each app.</summary>
    public string Of(string name) => IsDefault ? name : $"{name}-{Value}";

    public override string ToString() => Value;
}
