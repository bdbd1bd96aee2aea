using Endpoints.Wix.Origins;
using Endpoints.Wix.ServiceCallers;
using Endpoints.Wix.Telemetry;
using Endpoints.Wix.Values;

namespace Endpoints.Wix.Elevation;

/// <summary>Holds what the guards ask about the requests of one app.</summary>
/// <param name="App">The name of the app.</param>
/// <param name="OwnPages">The pages that may make changes.</param>
/// <param name="Instances">The instances for which callers' elevation acts.</param>
/// <param name="Services">The keys of services.</param>
/// <param name="Telemetry">The telemetry.</param>
internal sealed record AppGuards(
    AppName App, OwnPages OwnPages, ActingInstance Instances, IServiceKeys Services, GuardTelemetry Telemetry);
