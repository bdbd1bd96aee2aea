using Microsoft.CodeAnalysis;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Finds the types with a FluentValidation validator that the library finds: in the project, and in the assemblies that it references.
/// </summary>
/// <remarks>Searching assemblies is expensive, so it is done once, and only on demand.</remarks>
internal sealed class Validators
{
    private const string Library = "FluentValidation";

    // Lists of dictionaries of lists; a type that is a collection of itself must end.
    private const int Depth = 5;

    private readonly Compilation _compilation;
    private readonly INamedTypeSymbol _validator;
    private readonly RegisteredServices _services;
    private readonly Lazy<HashSet<ITypeSymbol>> _validated;

    private Validators(Compilation compilation, INamedTypeSymbol validator, RegisteredServices services)
    {
        (_compilation, _validator, _services) = (compilation, validator, services);
        _validated = new(Find);
    }

    /// <summary>Returns the validators, or <see langword="null"/> in a compilation without FluentValidation.</summary>
    public static Validators? Of(Compilation compilation, RegisteredServices services) =>
        compilation.GetTypeByMetadataName(Library + ".IValidator`1") is { } validator ? new(compilation, validator, services) : null;

    /// <summary>
    /// Determines whether a validator exists for a type, for a base class or an interface of it, for its elements, or for the types that
    /// JSON may create for it.
    /// </summary>
    public bool Has(ITypeSymbol type, CancellationToken cancellationToken)
    {
        var depth = Depth;
        for (var at = type; at is not null && depth > 0; at = ElementOf(at), depth--)
        {
            if (SelfAndBases(at).Concat(Derived(at)).Any(one => HasOwn(one, cancellationToken)))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Returns the element type of a collection, the value type of a dictionary, or the underlying type of a nullable type, or
    /// <see langword="null"/> for every other type.
    /// </summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (type is not INamedTypeSymbol named || type.SpecialType == SpecialType.System_String)
            return null;
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return named.TypeArguments[0];
        var shapes = named.TypeKind == TypeKind.Interface ? named.AllInterfaces.Insert(0, named) : named.AllInterfaces;
        if (shapes.FirstOrDefault(
            static shape => shape.Name is "IDictionary" or "IReadOnlyDictionary" && shape.TypeArguments.Length == 2) is { } dictionary)
            return dictionary.TypeArguments[1];
        return (shapes.FirstOrDefault(
            static shape => shape.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ?? shapes.FirstOrDefault(static shape => shape is { Name: "IAsyncEnumerable", TypeArguments.Length: 1 }))?.TypeArguments[0];
    }

    private bool HasOwn(ITypeSymbol type, CancellationToken cancellationToken) =>
        _validated.Value.Contains(type)
            || _services.Contains(_validator.Construct(type.WithNullableAnnotation(NullableAnnotation.None)), cancellationToken);

    // Their rules apply to the type as well, and run for it.
    private static IEnumerable<ITypeSymbol> SelfAndBases(ITypeSymbol type)
    {
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
            yield return at;
        foreach (var face in type.AllInterfaces)
            yield return face;
    }

    private static IEnumerable<ITypeSymbol> Derived(ITypeSymbol type) => type.GetAttributes()
        .Where(static attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute")
        .Select(static attribute => attribute.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol)
        .OfType<ITypeSymbol>();

    private HashSet<ITypeSymbol> Find()
    {
        var validated = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        Add(_compilation.Assembly.GlobalNamespace, validated);
        foreach (var assembly in _compilation.SourceModule.ReferencedAssemblySymbols)
        {
            // As the library's own search: whoever has validators refers to FluentValidation, or to an assembly with base classes that
            // does.
            if (assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static name => name.Name == Library))
                || assembly.Modules.Any(
                    module => module.ReferencedAssemblySymbols.Any(
                        static other =>
                            other.Modules.Any(static inner => inner.ReferencedAssemblies.Any(static name => name.Name == Library)))
                    && !IsFramework(assembly.Name)))
            {
                Add(assembly.GlobalNamespace, validated);
            }
        }
        return validated;
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    // Generic and abstract classes, and those that only a text or a number can construct, are no validators that could be found.
    private void Add(INamespaceOrTypeSymbol container, HashSet<ITypeSymbol> validated)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } type
                && type.InstanceConstructors.Any(static constructor => constructor.DeclaredAccessibility == Accessibility.Public
                    && constructor.Parameters.All(
                        static p => p.HasExplicitDefaultValue || !(p.Type.IsValueType || p.Type.SpecialType == SpecialType.System_String))))
            {
                foreach (var face in type.AllInterfaces)
                {
                    if (SymbolEqualityComparer.Default.Equals(face.OriginalDefinition, _validator))
                        validated.Add(face.TypeArguments[0]);
                }
            }
            if (member is INamespaceSymbol || member is INamedTypeSymbol { IsGenericType: false })
                Add((INamespaceOrTypeSymbol)member, validated);
        }
    }
}
