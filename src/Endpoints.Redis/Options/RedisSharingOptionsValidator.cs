using Microsoft.Extensions.Options;

namespace Endpoints.Redis.Options;

/// <summary>Checks the options when the application starts.</summary>
[OptionsValidator]
internal sealed partial class RedisSharingOptionsValidator : IValidateOptions<RedisSharingOptions>;
