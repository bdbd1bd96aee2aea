using System.Net;
using System.Text.Json;

namespace Endpoints.Wix.Tests.Hosting;

/// <summary>A response, read whole.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, string Headers, string? MediaType)
{
    public const string ProblemPrefix = "urn:endpoints:problem:";

    /// <summary>The last part of the problem document's type.</summary>
    public string Problem
    {
        get
        {
            Assert.Equal("application/problem+json", MediaType);
            using var json = JsonDocument.Parse(Body);
            Assert.Equal((int)Status, json.RootElement.GetProperty("status").GetInt32());
            Assert.NotEmpty(json.RootElement.GetProperty("traceId").GetString()!);
            var type = json.RootElement.GetProperty("type").GetString()!;
            Assert.StartsWith(ProblemPrefix, type, StringComparison.Ordinal);
            return type[ProblemPrefix.Length..];
        }
    }

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Header(string name) => Headers.Split('\n')
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..].TrimEnd('\r');

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.ToString() + response.Content.Headers,
        response.Content.Headers.ContentType?.MediaType);
}
