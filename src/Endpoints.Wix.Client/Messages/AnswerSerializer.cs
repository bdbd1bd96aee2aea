using System.Text.Json;

namespace Endpoints.Wix.Messages;

/// <summary>Reads answers as views over their JSON. One that says something twice is none.</summary>
internal sealed class AnswerSerializer<T>(Func<WireValue, T?> read) : WixSerializer<T>
{
    public override T? Read(ReadOnlyMemory<byte> json) =>
        WireValue.Parse(json) is { Kind: JsonValueKind.Object } root ? read(root) : default;

    public override void Write(Utf8JsonWriter writer, T value) => throw new NotSupportedException("Answers are read.");
}
