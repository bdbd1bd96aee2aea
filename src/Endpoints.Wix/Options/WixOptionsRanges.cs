using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Validates every option against its declared range. The compiler writes it.</summary>
[OptionsValidator]
internal sealed partial class WixOptionsRanges : IValidateOptions<WixOptions>;
