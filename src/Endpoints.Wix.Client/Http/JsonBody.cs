using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Endpoints.Wix.Http;

/// <summary>Bodies in JSON.</summary>
internal static class JsonBody
{
    /// <summary>An object.</summary>
    /// <param name="write">Writes its members.</param>
    public static HttpContent Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Of(buffer.WrittenMemory);
    }

    /// <summary>What has been written already.</summary>
    public static HttpContent Of(ReadOnlyMemory<byte> json) => new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
