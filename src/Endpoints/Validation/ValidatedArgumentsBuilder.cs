using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Validation;

/// <summary>Works out, once for an endpoint, which of its handler's arguments have validators, and what they are to the client.</summary>
internal sealed class ValidationPlan(IServiceProvider services, JsonSerializerOptions json, IList<object> metadata, IReadOnlyList<string> routeParameters)
{
    private readonly IServiceProviderIsService? _isService = services.GetService<IServiceProviderIsService>();
    private readonly bool _takesBody = metadata.OfType<IAcceptsMetadata>().Any();

    public IReadOnlyList<Argument> For(MethodInfo handler)
    {
        var arguments = new List<Argument>();
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.IsDefined(typeof(AsParametersAttribute), inherit: false))
                AddMembers(parameter, arguments);
            else
                Add(new Source(parameter.Name ?? "", parameter.ParameterType, [parameter], IsMember: false), parameter.Position, null, arguments);
        }
        return arguments;
    }

    private void AddMembers(ParameterInfo parameter, List<Argument> arguments)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var constructor = type.GetConstructors().FirstOrDefault(static constructor => constructor.GetParameters().Length > 0);
        var places = new Dictionary<string, (PropertyInfo, Place)>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanRead && property.GetIndexParameters().Length == 0))
        {
            // A record's attributes stand on its constructor's parameter.
            var made = constructor?.GetParameters().FirstOrDefault(made => string.Equals(made.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (made is null && !property.CanWrite)
                continue;

            var source = new Source(property.Name, property.PropertyType, made is null ? [property] : [made, property], IsMember: true);
            if (IsService(source))
                continue;
            places[property.Name] = (property, PlaceOf(source));
            Add(source, parameter.Position, property, arguments);
        }
        if (ValueCheck.For(type, json: null, services) is { } check)
            arguments.Add(new Argument(type, parameter.Position, null, new MembersPlace(places), check));
    }

    private void Add(Source source, int index, PropertyInfo? member, List<Argument> arguments)
    {
        if (IsService(source))
            return;
        var place = PlaceOf(source);
        if (ValueCheck.For(source.Type, place is BodyPlace ? json : null, services) is { } check)
            arguments.Add(new Argument(source.Type, index, member, place, check));
    }

    private bool IsService(Source source) =>
        source.Attribute<IFromServiceMetadata>() is not null
        || source.Attribute<FromKeyedServicesAttribute>() is not null
        || (!source.IsMarked && _isService?.IsService(source.Type) == true);

    /// <remarks>The framework's own rules for where a parameter comes from, as far as they decide on its name.</remarks>
    private Place PlaceOf(Source source)
    {
        var type = Nullable.GetUnderlyingType(source.Type) ?? source.Type;
        if (source.Attribute<IFromBodyMetadata>() is not null)
            return new BodyPlace(type);

        var routeParameter = routeParameters.FirstOrDefault(name => string.Equals(name, source.Name, StringComparison.OrdinalIgnoreCase));
        if (source.Attribute<IFromRouteMetadata>() is { } route)
            return new TextPlace(route.Name ?? routeParameter ?? source.Name, isNameGiven: true);
        if (source.Attribute<IFromHeaderMetadata>() is { } header)
            return new TextPlace(header.Name ?? source.Name, isNameGiven: true);
        if (source.Attribute<IFromQueryMetadata>() is { } query)
            return new TextPlace(query.Name ?? source.Name, isNameGiven: query.Name is not null || !source.IsMember);

        var isText = IsText(source, type);
        if (source.Attribute<IFromFormMetadata>() is { } form)
        {
            return isText || typeof(IFormFile).IsAssignableFrom(type) || typeof(IFormFileCollection).IsAssignableFrom(type)
                ? new TextPlace(form.Name ?? source.Name, isNameGiven: form.Name is not null || !source.IsMember)
                : new FormPlace(type, form.Name ?? source.Name);
        }
        return isText ? new TextPlace(routeParameter ?? source.Name, isNameGiven: routeParameter is not null || !source.IsMember) : new BodyPlace(type);
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
        type.IsPrimitive || type.IsEnum || type.GetInterfaces().Any(static shape => shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(IParsable<>));

    /// <param name="Name">The parameter's or property's name.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Declarations">Where its attributes stand, the first to look at first.</param>
    /// <param name="IsMember">Whether it is a property of an <c>[AsParameters]</c> type.</param>
    private sealed record Source(string Name, Type Type, ICustomAttributeProvider[] Declarations, bool IsMember)
    {
        private readonly object[] _attributes = [.. Declarations.SelectMany(static declaration => declaration.GetCustomAttributes(inherit: true))];

        /// <summary>Whether an attribute says where it comes from.</summary>
        public bool IsMarked => _attributes.Any(static attribute =>
            attribute is IFromBodyMetadata or IFromRouteMetadata or IFromHeaderMetadata or IFromQueryMetadata or IFromFormMetadata);

        public T? Attribute<T>()
            where T : class => _attributes.OfType<T>().FirstOrDefault();
    }
}
