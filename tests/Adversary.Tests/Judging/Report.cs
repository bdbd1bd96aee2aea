using System.Text.Json;

namespace Adversary.Tests.Judging;

/// <summary>The report of a handler about the request that it ran for.</summary>
internal sealed record Report(string Endpoint, string[] Markers, int Port, Seen[] Seen, string? Account, string? Resource)
{
    /// <summary>Reads a report out of an answer's or a call's body; null when there is none.</summary>
    public static Report? In(string body)
    {
        var start = body.IndexOf("{\"endpoint\":", StringComparison.Ordinal);
        if (start < 0)
            return null;
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.Latin1.GetBytes(body[start..]), new() { AllowMultipleValues = true });
            return JsonSerializer.Deserialize<Report>(ref reader, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null; // an answer that was cut off
        }
    }
}
