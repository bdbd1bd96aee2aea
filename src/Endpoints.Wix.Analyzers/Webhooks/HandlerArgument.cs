namespace Endpoints.Wix.Analyzers.Webhooks;

/// <summary>Represents one argument of a handler.</summary>
/// <param name="Kind">Where the argument comes from.</param>
/// <param name="Type">The fully qualified C# name of a service's type.</param>
/// <param name="IsOptional"><see langword="true"/> if the handler also runs without the service.</param>
/// <param name="Key">The key of the service as a C# literal, or <see langword="null"/> for none.</param>
internal sealed record HandlerArgument(ArgumentKind Kind, string Type = "", bool IsOptional = false, string? Key = null);
