using System.Reflection;
using System.Text.Json;
using Endpoints.CompilerServices;
using Endpoints.Conventions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Validation;

namespace Endpoints.Validation;

/// <summary>Determines, once for an endpoint, the arguments of its handler that have validators, and the client's names for them.</summary>
internal sealed class ValidatedArgumentsBuilder(IServiceProvider services, JsonSerializerOptions json, IList<object> metadata,
    IReadOnlyList<string> routeParameters)
{
    private readonly RuleSet _rules = Rules(services, metadata);
    private readonly IServiceProviderIsService? _isService = services.GetService<IServiceProviderIsService>();
    private readonly bool _takesBody = metadata.OfType<IAcceptsMetadata>().Any();

    public IReadOnlyList<ValidatedArgument> For(MethodInfo handler)
    {
        var arguments = new List<ValidatedArgument>();
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.IsDefined(typeof(AsParametersAttribute), inherit: false))
                AddMembers(parameter, arguments);
            else
                Add(new Source(parameter.Name ?? "", parameter.ParameterType, [parameter], IsMember: false), parameter.Position, null,
                    arguments);
        }
        return arguments;
    }

    private void AddMembers(ParameterInfo parameter, List<ValidatedArgument> arguments)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var constructor = type.GetConstructors().FirstOrDefault(static constructor => constructor.GetParameters().Length > 0);
        var keys = new Dictionary<string, (PropertyInfo, ErrorKey)>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.CanRead && property.GetIndexParameters().Length == 0))
        {
            // A record's attributes stand on its constructor's parameter.
            var made = constructor?.GetParameters()
                .FirstOrDefault(made => string.Equals(made.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (made is null && !property.CanWrite)
                continue;

            var source = new Source(property.Name, property.PropertyType, made is null ? [property] : [made, property], IsMember: true);
            if (IsService(source))
                continue;
            keys[property.Name] = (property, KeyOf(source));
            Add(source, parameter.Position, property, arguments);
        }
        if (ValueValidator.For(type, json: null, services) is { } check)
            arguments.Add(new ValidatedArgument(type, parameter.Position, null, new MembersErrorKey(keys), check));
    }

    /// <summary>
    /// Returns the name of a value that must not be null, of which binding does not know that: in code without nullable annotations, and
    /// where a default or the body's behavior says that it may be absent while its type says that it may not. A validator could say nothing
    /// of null.
    /// </summary>
    private static string? Required(Source source)
    {
        if (source.Type.IsValueType)
            return null;
        var (state, isOptional) = source.Declarations[0] switch
        {
            ParameterInfo parameter => (new NullabilityInfoContext().Create(parameter).WriteState,
                parameter.HasDefaultValue),
            PropertyInfo property => (new NullabilityInfoContext().Create(property).WriteState, false),
            _ => (NullabilityState.Nullable, true),
        };
        return state == NullabilityState.NotNull
            || (state == NullabilityState.Unknown && !isOptional && source.Attribute<IFromBodyMetadata>()?.AllowEmpty != true)
            ? source.Name : null;
    }

    private void Add(Source source, int index, PropertyInfo? member, List<ValidatedArgument> arguments)
    {
        if (IsService(source))
            return;
        var key = KeyOf(source);
        var inJson = key is BodyErrorKey ? json : null;
        var check = ValueValidator.For(source.Type, inJson, services);
        var rules = ParameterRules.For(source.Name, source.Type, source.Declarations, inJson, (key as TextErrorKey)?.Name, _rules);
        // Binding makes null of a form that has none of its fields.
        var required = (key is FormErrorKey && !source.IsMember) || (key is BodyErrorKey && check is not null) ? Required(source) : null;
        if (check is not null || rules is not null || required is not null)
            arguments.Add(new ValidatedArgument(source.Type, index, member, key, check, required, rules));
    }

    private static RuleSet Rules(IServiceProvider services, IList<object> metadata)
    {
        var rules = metadata.Any(static item => item is IOnlyDefinedValues) ? RuleSet.OnlyDefinedValues : default;
        // Minimal APIs have the framework's own filter for them.
        if (metadata.Any(static item => item is FileRoute)
            && services.GetService<IOptions<ValidationOptions>>() is { Value.Resolvers.Count: > 0 })
            rules |= RuleSet.Annotations;
        return rules;
    }

    private bool IsService(Source source) =>
        source.Attribute<IFromServiceMetadata>() is not null
        || source.Attribute<FromKeyedServicesAttribute>() is not null
        || (!source.IsMarked && _isService?.IsService(source.Type) == true);

    /// <remarks>Follows the framework's rules for the source of a parameter, as far as they determine its name.</remarks>
    private ErrorKey KeyOf(Source source)
    {
        var type = Nullable.GetUnderlyingType(source.Type) ?? source.Type;
        if (source.Attribute<IFromBodyMetadata>() is not null)
            return new BodyErrorKey(type);

        var routeParameter = routeParameters.FirstOrDefault(name => string.Equals(name, source.Name, StringComparison.OrdinalIgnoreCase));
        if (source.Attribute<IFromRouteMetadata>() is { } route)
            return new TextErrorKey(route.Name ?? routeParameter ?? source.Name, isNameGiven: true);
        if (source.Attribute<IFromHeaderMetadata>() is { } header)
            return new TextErrorKey(header.Name ?? source.Name, isNameGiven: true);
        if (source.Attribute<IFromQueryMetadata>() is { } query)
            return new TextErrorKey(query.Name ?? source.Name, isNameGiven: query.Name is not null || !source.IsMember);

        var isText = IsText(source, type);
        if (source.Attribute<IFromFormMetadata>() is { } form)
        {
            return isText || typeof(IFormFile).IsAssignableFrom(type) || typeof(IFormFileCollection).IsAssignableFrom(type)
                ? new TextErrorKey(form.Name ?? source.Name, isNameGiven: form.Name is not null || !source.IsMember)
                : new FormErrorKey(type, form.Name ?? source.Name);
        }
        return isText ? new TextErrorKey(routeParameter ?? source.Name, isNameGiven: routeParameter is not null || !source.IsMember)
            : new BodyErrorKey(type);
    }

    private bool IsText(Source source, Type type)
    {
        var element = type.IsArray ? type.GetElementType()! : null;
        return type == typeof(string) || type == typeof(StringValues) || IsParsed(type)
            || (element is not null && !_takesBody && (element == typeof(string) || IsParsed(element)))
            || typeof(IFormFile).IsAssignableFrom(type) || typeof(IFormFileCollection).IsAssignableFrom(type)
            || metadata.OfType<IParameterBindingMetadata>().Any(known => known.HasTryParse && known.Name == source.Name);
    }

    private static bool IsParsed(Type type) =>
        type.IsPrimitive || type.IsEnum
            || type.GetInterfaces().Any(static shape => shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IParsable<>));

    /// <param name="Name">The parameter's or property's name.</param>
    /// <param name="Type">The parameter's or property's type.</param>
    /// <param name="Declarations">The declarations with its attributes, in the order of precedence.</param>
    /// <param name="IsMember">
    /// <see langword="true"/> if it is a property of an <c>[AsParameters]</c> type; otherwise, <see langword="false"/>.
    /// </param>
    private sealed record Source(string Name, Type Type, ICustomAttributeProvider[] Declarations, bool IsMember)
    {
        private readonly object[] _attributes =
            [.. Declarations.SelectMany(static declaration => declaration.GetCustomAttributes(inherit: true))];

        /// <summary>Gets a value that indicates whether an attribute specifies its source.</summary>
        public bool IsMarked => _attributes.Any(static attribute =>
            attribute is IFromBodyMetadata or IFromRouteMetadata or IFromHeaderMetadata or IFromQueryMetadata or IFromFormMetadata);

        public T? Attribute<T>()
            where T : class => _attributes.OfType<T>().FirstOrDefault();
    }
}
