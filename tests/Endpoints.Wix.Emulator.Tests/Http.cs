using System.Net.Http.Json;
using System.Text.Json;

namespace Endpoints.Wix.Emulator.Tests;

/// <summary>Calls as a stranger would make them.</summary>
internal static class Http
{
    public static HttpClient Client(this WixEmulator wix) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = wix.Address };

    public static async Task<HttpResponseMessage> CallAsync(
        this HttpClient client, string route, string? authorization = null, object? json = null,
        params (string Name, string Value)[] headers)
    {
        var parts = route.Split(' ');
        using var request = new HttpRequestMessage(new(parts[0]), new Uri(parts[1], UriKind.RelativeOrAbsolute));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (json is not null)
            request.Content = json is string text ? new StringContent(text, null, "application/json") : JsonContent.Create(json);
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return await response.JsonAsync();
    }

    public static string Text(this JsonElement element, params string[] path)
    {
        foreach (var name in path)
            element = element.GetProperty(name);
        return element.ToString();
    }

    public static string ErrorCode(this JsonElement element) => element.Text("details", "applicationError", "code");
}
