using System.Text.Json.Nodes;
using Endpoints.Wix.Emulator.Values;

namespace Endpoints.Wix.Emulator.Events;

/// <summary>Represents the answer of a service plugin.</summary>
internal sealed record PluginAnswer(int Status, JsonObject Body)
{
    public bool IsSuccess => Status == 200;

    /// <summary>Gets the code of a declared business error.</summary>
    public string? ErrorCode => Body["applicationError"].At("code").AsText();
}
