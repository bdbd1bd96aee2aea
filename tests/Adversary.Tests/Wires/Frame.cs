using System.Buffers.Binary;
using System.Text;

namespace Adversary.Tests.Wires;

/// <summary>WebSocket frames, as a client writes them and a server's text is read.</summary>
internal static class Frame
{
    public static byte[] Text(string message) => Write(0x81, Encoding.Latin1.GetBytes(message));

    public static byte[] Close() => Write(0x88, [0x03, 0xe8]);

    /// <summary>The text messages in what a server sent.</summary>
    public static IEnumerable<string> Texts(string received)
    {
        for (var at = 0; at + 2 <= received.Length;)
        {
            int kind = received[at], length = received[at + 1] & 0x7f, start = at + 2;
            if (length == 126 && start + 2 <= received.Length)
                (length, start) = ((received[start] << 8) + received[start + 1], start + 2);
            else if (length >= 126)
                yield break;
            if (start + length > received.Length)
                yield break;
            if ((kind & 0x0f) == 1)
                yield return received.Substring(start, length);
            at = start + length;
        }
    }

    private static byte[] Write(byte first, byte[] payload)
    {
        var length = payload.Length < 126 ? 0 : 2;
        var frame = new byte[2 + length + 4 + payload.Length];
        frame[0] = first;
        frame[1] = (byte)(0x80 | (length == 0 ? payload.Length : 126));
        if (length > 0)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame, frame.Length - payload.Length); // the mask is zero
        return frame;
    }
}
