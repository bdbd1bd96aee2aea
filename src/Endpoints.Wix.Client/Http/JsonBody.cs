using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Endpoints.Wix.Http;

/// <summary>Creates JSON bodies.</summary>
internal static class JsonBody
{
    /// <summary>Creates a body that is an object.</summary>
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

    /// <summary>Creates a body from JSON that has been written already.</summary>
    public static HttpContent Of(ReadOnlyMemory<byte> json) =>
        new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
