using Endpoints.Problems;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Endpoints.Wix.Elevation.Actions;

/// <summary>Says what MVC's binding and validation found wrong, as endpoint files say it.</summary>
internal static class InvalidModel
{
    private const int MostErrors = 1_000;

    public static Problem Problem(ModelStateDictionary state) =>
        new("validation", 400, "The request has values that are not allowed.")
        {
            Errors = state
                .Where(static entry => entry.Value is { Errors.Count: > 0 })
                .Take(MostErrors)
                .ToDictionary(static entry => entry.Key, static entry => entry.Value!.Errors.Select(Text).ToArray(), StringComparer.Ordinal), // where says it is there
        };

    // An exception's text is not for clients.
    private static string Text(ModelError error) => error.Exception is null && error.ErrorMessage.Length > 0 ? error.ErrorMessage : "The value is not valid.";
}
