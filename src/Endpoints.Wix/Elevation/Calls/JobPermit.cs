using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>The right to a call outside requests. A job reads what jobs wrote.</summary>
internal sealed class JobPermit(ElevationAudit audit) : CallPermit
{
    public override void Record(WixHeader subject, WixCall call, int? status, TimeSpan elapsed) =>
        audit.RecordAdmin(null, subject, call.Method.Method, call.Template, status, elapsed);
}
