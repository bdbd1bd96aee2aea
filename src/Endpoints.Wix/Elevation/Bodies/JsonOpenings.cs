using System.Buffers;

namespace Endpoints.Wix.Elevation.Bodies;

/// <summary>Determines from its first bytes whether a body could be read as JSON that has members.</summary>
internal static class JsonOpenings
{
    public static JsonOpening Of(in ReadOnlySequence<byte> body)
    {
        var isWide = false;
        var reader = new SequenceReader<byte>(body);
        while (reader.TryRead(out var next))
        {
            switch (next)
            {
                case 0x00 or 0xFE or 0xFF:
                    isWide = true;
                    break;
                case <= (byte)' ' or 0xEF or 0xBB or 0xBF:
                    break;
                case (byte)'{' or (byte)'[' or (byte)'/':
                    return isWide || (reader.TryPeek(out var after) && after == 0) ? JsonOpening.WideJson : JsonOpening.Json;
                default:
                    return JsonOpening.Other;
            }
        }

        return JsonOpening.Undecided;
    }
}
