namespace Endpoints.Wix.Values;

/// <summary>What a debugger shows of a secret when it is expanded: nothing.</summary>
internal sealed class SecretDebugView(object secret)
{
    public string Value { get; } = secret.ToString() ?? "";
}
