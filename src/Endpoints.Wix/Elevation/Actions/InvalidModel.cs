using Endpoints.Problems;
using Endpoints.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Reports errors of MVC's binding and validation in the same form as endpoint files.</summary>
internal static class InvalidModel
{
    private const int MostErrors = 1_000;

    public static Problem Problem(
        ActionContext context, ModelStateDictionary model, IEnumerable<ParameterDescriptor> parameters,
        IDictionary<string, object?> arguments)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var name = Naming(context.HttpContext, parameters, arguments);
        foreach (var (key, entry) in model.Where(static entry => entry.Value is { Errors.Count: > 0 }).Take(MostErrors))
        {
            var (own, texts) = (name(key), entry!.Errors.Select(Text).ToArray()); // where says it is there
            errors[own] = errors.TryGetValue(own, out var others) ? [.. others, .. texts] : texts;
        }

        return RequestProblems.Invalid(errors);
    }

    /// <summary>Maps the C# names that MVC uses for members to the names that the client used in JSON or in the query.</summary>
    private static Func<string, string> Naming(HttpContext context, IEnumerable<ParameterDescriptor> parameters,
        IDictionary<string, object?> arguments)
    {
        var names = new ClientNames(
            context, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions);
        var body = parameters.FirstOrDefault(static parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body);
        var value = body is null ? null : arguments.TryGetValue(body.Name, out var bound) ? bound : null;
        return key => names.AsSent(key) ?? (body is null || key.StartsWith('$') ? key : names.InJson(body.ParameterType, value, key));
    }

    // An exception's text is not for clients.
    private static string Text(ModelError error) =>
        error.Exception is null && error.ErrorMessage.Length > 0 ? error.ErrorMessage : "The value is not valid.";
}
