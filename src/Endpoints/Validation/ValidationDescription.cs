namespace Endpoints.Validation;

/// <summary>Describes the validated arguments in the list of endpoints.</summary>
internal sealed class ValidationDescription(IReadOnlyList<ValidatedArgument> arguments) : IEndpointGuardMetadata
{
    public IReadOnlyList<EndpointGuard> Describe() =>
        [new EndpointGuard(
            "Validated", string.Join(", ", arguments.Select(static argument => NameOf(argument.Type)).Distinct(StringComparer.Ordinal)))];

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
}
