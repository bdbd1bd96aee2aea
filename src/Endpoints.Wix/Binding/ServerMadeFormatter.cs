using Endpoints.Wix.Values;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Endpoints.Wix.Binding;

/// <summary>
/// Refuses bodies from which a serializer other than those of JSON would create what only the server creates. It is asked before all
/// others, and only for such bodies.
/// </summary>
/// <remarks>
/// A serializer of XML rejects such a type at the first request: the response would have status code 500. What other serializers do with it
/// is unknown. Those of JSON refuse the value themselves where it is sent.
/// </remarks>
/// <param name="all">The application's formatters.</param>
internal sealed class ServerMadeFormatter(FormatterCollection<IInputFormatter> all) : InputFormatter
{
    private const string Newtonsoft = "Microsoft.AspNetCore.Mvc.NewtonsoftJson";

    public override bool CanRead(InputFormatterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return all.FirstOrDefault(formatter => formatter.CanRead(context)) is { } reading && !IsOfJson(reading.GetType());
    }

    public override Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.ModelState.TryAddModelError(context.ModelName, ServerMadeJson.Refusal);
        return InputFormatterResult.FailureAsync();
    }

    /// <summary>Returns no content types for descriptions of the API: there are none that this formatter reads.</summary>
    public override IReadOnlyList<string>? GetSupportedContentTypes(string? contentType, Type objectType) => null;

    private static bool IsOfJson(Type? formatter)
    {
        for (; formatter is not null; formatter = formatter.BaseType)
        {
            if (formatter == typeof(SystemTextJsonInputFormatter) || formatter.Assembly.GetName().Name == Newtonsoft)
                return true;
        }

        return false;
    }
}
