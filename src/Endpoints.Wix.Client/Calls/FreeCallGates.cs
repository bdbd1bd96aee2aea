using Microsoft.Extensions.Logging;

namespace Endpoints.Wix.Calls;

/// <summary>Allows every call. Without requests, only the program itself can be behind a call.</summary>
internal sealed partial class FreeCallGates(ILogger<FreeCallGates> logger) : ICallGates, ICallGate
{
    private readonly Permit _permit = new(logger);

    public ICallGate For(IServiceProvider services) => this;

    public CallPermit Open(WixCall call, OwnClient client) => _permit;

    private sealed partial class Permit(ILogger<FreeCallGates> logger) : CallPermit
    {
        public override void Record(OwnClient client, string subject, string? id, WixCall call, int? status, TimeSpan elapsed) =>
            LogCall(client.Credential, subject, id, call.Method.Method, call.Template, status, elapsed.TotalMilliseconds);

        [LoggerMessage(1, LogLevel.Information,
            "{Credential} called Wix with {Subject} {SubjectId}: {Method} {Path} answered {Status} in {ElapsedMilliseconds} ms")]
        private partial void LogCall(string credential, string subject, string? subjectId, string method, string path, int? status,
            double elapsedMilliseconds);
    }
}
