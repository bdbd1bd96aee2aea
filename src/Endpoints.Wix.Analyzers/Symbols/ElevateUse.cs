using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Endpoints.Wix.Analyzers.Symbols;

/// <summary>
/// Represents an <c>[Elevate(...)]</c>, a <c>new ElevateAttribute(...)</c> or an <c>.Elevate(...)</c> in the code, with its settings by
/// name.
/// </summary>
internal sealed class ElevateUse
{
    /// <summary>
    /// The name of the setting that represents everything in a lambda besides assignments of settings, and a delegate that is not a lambda
    /// at that place.
    /// </summary>
    public const string Configuration = "Configuration";

    private readonly Dictionary<string, IReadOnlyList<ElevateValue>> _settings = new(StringComparer.OrdinalIgnoreCase);

    private ElevateUse(Location? location) => Location = location;

    /// <summary>Gets the location in the code, or <see langword="null"/> if it comes from another assembly.</summary>
    public Location? Location { get; }

    /// <summary>
    /// Gets the allowed callers, as the bits of the enumeration, or <see langword="null"/> if they are not specified or the compiler can't
    /// determine them.
    /// </summary>
    public long? Callers => Single(nameof(Callers))?.Value as long?;

    /// <summary>Gets the settings, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ElevateValue>> Settings => _settings;

    /// <summary>Returns the value of a setting with a single value, or <see langword="null"/> if it is not specified.</summary>
    public ElevateValue? Single(string name) => _settings.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;

    /// <summary>Returns the values of a setting. The list is empty if it is not specified.</summary>
    public IReadOnlyList<ElevateValue> All(string name) => _settings.TryGetValue(name, out var values) ? values : [];

    /// <summary>
    /// Gets a value that indicates whether every setting, constant or not, is assigned where the compiler sees it, and nothing else is
    /// done.
    /// </summary>
    public bool IsPlain => !_settings.ContainsKey(Configuration);

    /// <summary>Reads an attribute or another creation of <c>ElevateAttribute</c>.</summary>
    public static ElevateUse Of(IObjectCreationOperation creation)
    {
        // An attribute's creation has the attribute's syntax: Elevate(...) without brackets.
        var use = new ElevateUse(creation.Syntax.GetLocation());
        use.AddArguments(creation.Arguments, skipFirst: false);
        use.AddInitializer(creation.Initializer);
        return use;
    }

    /// <summary>Reads <c>.Elevate(...)</c> on a route or group.</summary>
    public static ElevateUse Of(IInvocationOperation call)
    {
        var name = call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } invocation
            ? Location.Create(call.Syntax.SyntaxTree,
                Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(member.Name.SpanStart, invocation.Span.End))
            : call.Syntax.GetLocation();
        var use = new ElevateUse(name);
        use.AddArguments(call.Arguments, skipFirst: true);
        return use;
    }

    /// <summary>Reads an attribute from its metadata, which is all that is available if it is in a referenced assembly.</summary>
    public static ElevateUse Of(AttributeData attribute, CancellationToken cancellationToken)
    {
        var location = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation();
        var use = new ElevateUse(location);
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        for (var i = 0; i < attribute.ConstructorArguments.Length && i < parameters.Length; i++)
            use._settings[parameters[i].Name] = ElevateValue.Of(attribute.ConstructorArguments[i], location);
        foreach (var named in attribute.NamedArguments)
            use._settings[named.Key] = ElevateValue.Of(named.Value, location);
        return use;
    }

    private void AddArguments(IEnumerable<IArgumentOperation> arguments, bool skipFirst)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter || (skipFirst && parameter.Ordinal == 0)
                || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;
            var value = Conversions.Unwrapped(argument.Value);

            if (value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation configure })
                AddAssignments(configure);
            else if (value is IObjectCreationOperation nested && !nested.Type!.TypeKind.Equals(TypeKind.Struct))
            {
                AddArguments(nested.Arguments, skipFirst: false);
                AddInitializer(nested.Initializer);
            }
            else if (parameter.Type.TypeKind == TypeKind.Delegate)
            {
                // Of a delegate that comes from elsewhere nothing is known but that it is there.
                if (!value.ConstantValue.HasValue)
                    _settings[Configuration] = [new ElevateValue(null, false, value.Syntax.GetLocation())];
            }
            else
                _settings[parameter.Name] = ElevateValue.Of(argument.Value);
        }
    }

    private void AddInitializer(IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var assignment in initializer?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
        {
            if (assignment.Target is IMemberReferenceOperation { Member.Name: var name })
                _settings[name] = ElevateValue.Of(assignment.Value);
        }
    }

    // options => options.RateLimit = "30/1m": what is assigned on every path is known; anything else the lambda does is not.
    private void AddAssignments(IAnonymousFunctionOperation configure)
    {
        foreach (var statement in configure.Body.Operations)
        {
            if (!configure.Symbol.IsAsync
                && Assignment(
                    statement, configure.Symbol) is { Target: IPropertyReferenceOperation { Property.Name: var name } } assignment)
                _settings[name] = ElevateValue.Of(assignment.Value);
            else if (!(statement is IReturnOperation && statement.IsImplicit))
                _settings[Configuration] = [new ElevateValue(null, false, statement.Syntax.GetLocation())];
        }
    }

    // Of the lambda's own options, and with a value that doesn't touch them again: options.Policy = options.RateLimit = "..." sets two.
    private static ISimpleAssignmentOperation? Assignment(IOperation statement, IMethodSymbol lambda) =>
        statement is IExpressionStatementOperation
        {
            Operation: ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Instance: IParameterReferenceOperation options }
            } assignment
        }
        && IsOwn(options, lambda)
        && !assignment.Value.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Any(reference => IsOwn(reference, lambda))
            ? assignment
            : null;

    private static bool IsOwn(IParameterReferenceOperation reference, IMethodSymbol lambda) =>
        SymbolEqualityComparer.Default.Equals(reference.Parameter.ContainingSymbol, lambda);
}
