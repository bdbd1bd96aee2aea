using Microsoft.Extensions.Options;

namespace Endpoints.Wix.Options;

/// <summary>Validates every option against its declared range. The compiler writes it.</summary>
/// <remarks>Named, as what the compiler would make of itself would be made again wherever options derive from the clients'.</remarks>
[OptionsValidator]
internal sealed partial class WixResilienceOptionsRanges : IValidateOptions<WixResilienceOptions>;
