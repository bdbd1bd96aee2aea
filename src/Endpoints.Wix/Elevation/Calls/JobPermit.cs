using Endpoints.Wix.Calls;
using Endpoints.Wix.Http;

namespace Endpoints.Wix.Elevation.Calls;

/// <summary>The right to a call outside requests. A job reads what jobs wrote.</summary>
internal sealed class JobPermit(ElevationAudit audit) : CallPermit
{
    public override void Record(OwnClient client, string subject, string? id, WixCall call, int? status, TimeSpan elapsed)
    {
        if (client == OwnClient.Admin)
            audit.RecordAdmin(null, new WixHeader(subject, id!), call.Method.Method, call.Template, status, elapsed); // a key is used for something
        else
            audit.RecordJob(id, call.Method.Method, call.Template, status, elapsed);
    }
}
