using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Holds every option against its declared range; the compiler writes it.</summary>
[OptionsValidator]
internal sealed partial class WixOptionsRanges : IValidateOptions<WixOptions>;
