using System.Buffers.Binary;
using System.Net.Sockets;

namespace Adversary.Tests.Wires;

/// <summary>Writes and reads frames of HTTP/2.</summary>
internal static class Http2Frames
{
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, Continuation = 9;
    public const byte EndStream = 1, EndHeaders = 4, Ack = 1;

    public static byte[] Write(byte kind, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (kind, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The opening of a connection: the preface, and settings that allow no dynamic table.</summary>
    public static byte[] Preface() => [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Write(Settings, 0, 0, [0, 1, 0, 0, 0, 0])];

    /// <summary>The next frame; null at the end of the connection.</summary>
    public static async Task<(byte Kind, byte Flags, int Stream, byte[] Payload)?> ReadAsync(NetworkStream connection, CancellationToken ct)
    {
        var head = new byte[9];
        if (await connection.ReadAtLeastAsync(head, 9, throwOnEndOfStream: false, ct) < 9)
            return null;
        var payload = new byte[(head[0] << 16) + (head[1] << 8) + head[2]];
        if (await connection.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, ct) < payload.Length)
            return null;
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
    }
}
