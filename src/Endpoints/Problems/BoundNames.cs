using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Endpoints.Problems;

/// <summary>
/// Finds the client's name for the subject of a binding exception. The exception's text alone is not trusted: a handler may have written
/// it.
/// </summary>
internal static class BoundNames
{
    private const int LongestField = 200;

    /// <returns>The name of a parameter or of a form field, or null if the exception names none.</returns>
    public static string? Of(HttpContext context, BadHttpRequestException exception)
    {
        var name = exception.InnerException?.GetType().Name == "FormDataMappingException"
            ? Field(exception.Message) : Parameter(context, exception.Message);
        return name is null ? null : AsSent(context, name) ?? name;
    }

    /// <summary>
    /// Returns the name as the client sent it in the query or in the form that binding has read, or null if it sent none. For a nested form
    /// member, only the last part is known.
    /// </summary>
    private static string? AsSent(HttpContext context, string name)
    {
        string[] sent = [.. context.Request.Query.Keys, .. FormRead.Of(context) is { } form
            ? [.. form.Keys, .. form.Files.Select(static file => file.Name)] : (string[])[]];
        return Array.Find(sent, one => one.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? (Array.FindAll(sent, one => one.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)) is [var only] ? only : null);
    }

    /// <summary>Returns the field that the text names last, in single quotes. The client's value may precede it.</summary>
    private static string? Field(string message)
    {
        var quoted = message.Split('\'');
        return quoted.Length >= 3 && quoted[^2] is { Length: > 0 and <= LongestField } name
            && name.All(static c => char.IsLetterOrDigit(c) || "_.[]".Contains(c, StringComparison.Ordinal))
            ? name
            : null;
    }

    /// <summary>
    /// Returns the handler's parameter, or the member of one, that the text names in double quotes, sometimes after its type.
    /// </summary>
    private static string? Parameter(HttpContext context, string message)
    {
        var quoted = message.Split('"');
        if (quoted.Length < 3 || context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is not { } handler)
            return null;

        var name = quoted[1][(quoted[1].LastIndexOf(' ') + 1)..];
        foreach (var parameter in handler.GetParameters())
        {
            if (parameter.IsDefined(typeof(AsParametersAttribute), inherit: false))
            {
                if (Member(parameter.ParameterType, name) is { } member)
                    return member;
            }
            else if (parameter.Name == name)
            {
                return GivenName(parameter) ?? name;
            }
        }
        return null;
    }

    private static string? Member(Type parameters, string name)
    {
        var type = Nullable.GetUnderlyingType(parameters) ?? parameters;
        if (type.GetProperty(name) is not { } property)
            return null;

        // A record's attributes stand on its constructor's parameter.
        var made = type.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
            .FirstOrDefault(made => made.Name == name);
        return GivenName(property) ?? (made is null ? null : GivenName(made)) ?? JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    private static string? GivenName(ICustomAttributeProvider declaration) => declaration.GetCustomAttributes(inherit: true)
        .Select(static attribute => attribute switch
        {
            IFromRouteMetadata route => route.Name,
            IFromQueryMetadata query => query.Name,
            IFromHeaderMetadata header => header.Name,
            IFromFormMetadata form => form.Name,
            _ => null,
        })
        .FirstOrDefault(static name => name is not null);
}
