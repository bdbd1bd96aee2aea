namespace Endpoints.Wix.Values;

/// <summary>Represents a secret in a debugger. When it is expanded, the secret does not appear.</summary>
internal sealed class SecretDebugView(object secret)
{
    public string Value { get; } = secret.ToString() ?? "";
}
