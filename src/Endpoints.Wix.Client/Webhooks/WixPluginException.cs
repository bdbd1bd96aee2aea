using System.Text.Json.Nodes;
using Endpoints.Wix.Values;

namespace Endpoints.Wix;

/// <summary>
/// The exception that a service plugin throws to answer with a business error, which Wix understands. Typed plugins have a factory method
/// for each of theirs, such as <c>ShippingRatesPlugin.Errors.MissingPostalCode()</c>.
/// </summary>
public sealed class WixPluginException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="WixPluginException"/> class.</summary>
    /// <param name="statusCode">The status code, from 400 to 499.</param>
    /// <param name="applicationErrorCode">The code of the error, such as <c>MISSING_POSTAL_CODE</c>.</param>
    /// <param name="errorData">The data of the error, which Wix gets as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status code is no client error.</exception>
    /// <exception cref="ArgumentException">The code can't be one.</exception>
    public WixPluginException(int statusCode, string applicationErrorCode, JsonObject? errorData = null)
        : base($"The plugin answers {applicationErrorCode}.")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 499);
        Identifier.ThrowIfNotValid(applicationErrorCode);
        StatusCode = statusCode;
        ApplicationErrorCode = applicationErrorCode;
        ErrorData = errorData;
    }

    /// <summary>Gets the status code.</summary>
    public int StatusCode { get; }

    /// <summary>Gets the code of the error.</summary>
    public string ApplicationErrorCode { get; }

    /// <summary>Gets the data of the error; <see langword="null"/> for none.</summary>
    public JsonObject? ErrorData { get; }
}
