using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;

namespace Endpoints.Handlers;

/// <summary>
/// Treats empty query parameters and form fields as absent if they bind to optional values other than text: an HTML form sends fields that
/// were left empty.
/// </summary>
/// <remarks>The framework does so only when it binds a form to an object, and only for some types.</remarks>
internal sealed class EmptyValues
{
    private const int DeepestMember = 4;

    private readonly string[] _query;
    private readonly string[] _form;

    /// <param name="metadata">The endpoint's metadata, with the descriptions of its parameters.</param>
    /// <param name="routeParameters">The names of the route parameters.</param>
    public EmptyValues(IList<object> metadata, IReadOnlyList<string> routeParameters)
    {
        var optional = metadata.OfType<IParameterBindingMetadata>().Where(MayBeEmpty).ToArray();
        _form =
        [
            .. from parameter in optional from form in Attributes<IFromFormMetadata>(parameter) select form.Name ?? parameter.Name,
            .. from parameter in metadata.OfType<IParameterBindingMetadata>()
               where !parameter.HasTryParse && Attributes<IFromFormMetadata>(parameter).Any()
               from member in Members(parameter.ParameterInfo.ParameterType, "", 1)
               from name in (string[])[member, $"{parameter.Name}.{member}"]
               select name,
        ];
        _query =
        [
            .. from parameter in optional
               where !Attributes<IFromFormMetadata>(parameter).Any() && !Attributes<IFromHeaderMetadata>(parameter).Any()
                   && !Attributes<IFromRouteMetadata>(parameter).Any()
               let name = Attributes<IFromQueryMetadata>(parameter).FirstOrDefault()?.Name ?? parameter.Name
               where Attributes<IFromQueryMetadata>(parameter).Any() || !routeParameters.Contains(name, StringComparer.OrdinalIgnoreCase)
               select name,
        ];
    }

    /// <summary>Gets a value that indicates whether the endpoint has such parameters in its query.</summary>
    public bool InQuery => _query.Length > 0;

    /// <summary>Removes the empty values from the query that is bound. The query string stays as it was sent.</summary>
    public void LeaveOutOfQuery(HttpContext context)
    {
        if (context.Request.QueryString.HasValue && Without(context.Request.Query, _query) is { } rest)
            context.Features.Set<IQueryFeature>(new QueryFeature(new QueryCollection(rest)));
    }

    /// <summary>Removes the empty values from a form that has been read.</summary>
    public void LeaveOutOfForm(HttpContext context, IFormCollection form)
    {
        if (_form.Length > 0 && Without(form, _form) is { } rest)
            context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(rest, form.Files)));
    }

    /// <summary>Returns the paths of an object's members that are nullable and not text.</summary>
    private static IEnumerable<string> Members(Type type, string path, int depth)
    {
        if (depth > DeepestMember || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
            || typeof(IEnumerable).IsAssignableFrom(type))
            return [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => Nullable.GetUnderlyingType(property.PropertyType) is not null
            ? [path + property.Name]
            : Members(property.PropertyType, $"{path}{property.Name}.", depth + 1));
    }

    private static bool MayBeEmpty(IParameterBindingMetadata parameter)
    {
        var type = parameter.ParameterInfo.ParameterType;
        return parameter.HasTryParse && parameter.IsOptional && type != typeof(string);
    }

    private static IEnumerable<T> Attributes<T>(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<T>();

    private static Dictionary<string, StringValues>? Without(IEnumerable<KeyValuePair<string, StringValues>> values, string[] names)
    {
        if (!values.Any(IsEmpty))
            return null;
        return values.Where(value => !IsEmpty(value)).ToDictionary(StringComparer.OrdinalIgnoreCase);

        bool IsEmpty(KeyValuePair<string, StringValues> value) =>
            value.Value is [null or ""] && names.Contains(value.Key, StringComparer.OrdinalIgnoreCase);
    }
}
