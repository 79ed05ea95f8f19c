"""Rules: colour, transparency, pictures, content."""
import struct

from .objects import Name, Stream
from .registry import rule

MODES = {'Normal', 'Compatible', 'Multiply', 'Screen', 'Overlay', 'Darken', 'Lighten',
         'ColorDodge', 'ColorBurn', 'HardLight', 'SoftLight', 'Difference', 'Exclusion', 'Hue',
         'Saturation', 'Color', 'Luminosity'}


INTENTS = {'RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual', 'Saturation'}
PARTS = {'DeviceGray': 1, 'DeviceRGB': 3, 'DeviceCMYK': 4}
SPACES = {b'GRAY': 1, b'RGB ': 3, b'CMYK': 4}


def intents(s):
    return [s.doc.get(i) for i in s.doc.list_of(s.doc.catalog.get('OutputIntents'))]


def pdfa_profile(s):
    for intent in intents(s):
        if intent.get('S') == 'GTS_PDFA1':
            stream = s.doc.get(intent.get('DestOutputProfile'))
            return stream if isinstance(stream, Stream) else None
    return None


@rule('intent', OURS='3.1')
def output_intent(s):
    found = [i for i in intents(s) if i.get('S') == 'GTS_PDFA1']
    if len(found) != 1:
        yield 'there are %d output intents /GTS_PDFA1, not one' % len(found)
    for intent in found:
        if not s.doc.get(intent.get('OutputConditionIdentifier')):
            yield 'the output intent has no /OutputConditionIdentifier'
        if pdfa_profile(s) is None:
            yield 'the output intent has no /DestOutputProfile'


@rule('icc', A1='6.2.2', A2='6.2.3')
def icc(s):
    stream = pdfa_profile(s)
    if stream is None:
        return
    data = s.doc.decode(stream)
    if len(data) < 132 or data[36:40] != b'acsp':
        yield 'the profile is no ICC profile'
        return
    if struct.unpack('>L', data[:4])[0] > len(data):
        yield 'the profile says it has %d bytes, it has %d' % (
            struct.unpack('>L', data[:4])[0], len(data))
    if data[8] > (2 if s.profile.part == 1 else 4):
        yield 'the profile is of ICC version %d' % data[8]
    if stream.dict.get('N') != SPACES.get(data[16:20]):
        yield 'the profile has /N %s, its colour space is %r' % (
            stream.dict.get('N'), data[16:20])
    if data[12:16] not in (b'mntr', b'prtr'):
        yield 'the profile is of class %r, not for output' % data[12:16]
    for i in range(struct.unpack('>L', data[128:132])[0]):
        tag, start, size = struct.unpack('>4sLL', data[132 + 12 * i:144 + 12 * i])
        if start + size > len(data):
            yield 'the tag %r leaves the profile' % tag


@rule('profile-there', A1='6.2.2', A2='6.2.3')
def profile_there(s):
    """Without a profile the condition is one of the ICC's registry."""
    for intent in intents(s):
        if intent.get('S') == 'GTS_PDFA1' and 'DestOutputProfile' not in intent and \
                (s.doc.get(intent.get('RegistryName')) != b'http://www.color.org' or
                 s.doc.get(intent.get('OutputConditionIdentifier')) == b'Custom'):
            yield 'an output intent that has neither a profile nor a registered condition'


@rule('icc-rgb', OURS='3.1')
def icc_rgb(s):
    stream = pdfa_profile(s)
    if stream is not None and stream.dict.get('N') != 3:
        yield 'the profile is not one of RGB'


@rule('one-intent', A1='6.2.2', A2='6.2.3')
def one_intent(s):
    profiles = [i.get('DestOutputProfile') for i in intents(s) if 'DestOutputProfile' in i]
    if any(p != profiles[0] for p in profiles):
        yield 'output intents with different profiles'


@rule('device', A1='6.2.3.3', A2='6.2.4.3')
def device_colour(s):
    profile = pdfa_profile(s)
    if profile is None and s.content.colours:
        yield '%s without an output intent' % ', '.join(sorted(s.content.colours))
    for space in sorted(s.content.colours):
        if profile is not None and PARTS[space] not in (1, profile.dict['N']):
            yield '%s beside a profile of %s components' % (space, profile.dict['N'])


@rule('blend-space', A2='6.2.10')
def blending_spaces(s):
    profile = pdfa_profile(s)
    for number, (ref, page) in enumerate(s.doc.pages, 1):
        if profile is None and ref in s.content.transparent and \
                'CS' not in s.doc.sub(page, 'Group'):
            yield 'page %d: transparency, no output intent and no /Group with /CS' % number
    for where, group in s.content.groups:
        parts = PARTS.get(s.doc.get(group.get('CS')) if isinstance(
            s.doc.get(group.get('CS')), Name) else None)
        if profile is not None and parts not in (None, 1, profile.dict['N']):
            yield '%s: blending in %s beside a profile of %s components' % (
                where, s.doc.get(group['CS']), profile.dict['N'])


@rule('transparency', A1='6.4')
def no_transparency(s):
    for number, (_, page) in enumerate(s.doc.pages, 1):
        if s.doc.sub(page, 'Group').get('S') == 'Transparency':
            yield 'page %d has a transparency group' % number
    for where, form in s.content.forms.values():
        if s.doc.sub(form.dict, 'Group').get('S') == 'Transparency':
            yield '%s: a form with a transparency group' % where
    for where, image in s.content.images.values():
        if s.doc.get(image.dict.get('SMask', 'None')) != 'None':
            yield '%s: a picture with a soft mask' % where
    for where, state in s.content.states:
        if s.doc.get(state.get('SMask', 'None')) != 'None':
            yield '%s: a soft mask' % where
        if s.doc.get(state.get('BM', 'Normal')) not in ('Normal', 'Compatible'):
            yield '%s: blend mode %s' % (where, state['BM'])
        for key in ('CA', 'ca'):
            if abs(s.doc.get(state.get(key, 1)) - 1) > 0.000001:
                yield '%s: /%s %s' % (where, key, state[key])


@rule('blend', A2='6.2.10')
def blend_modes(s):
    for where, state in s.content.states:
        modes = s.doc.get(state.get('BM', 'Normal'))
        for mode in modes if isinstance(modes, list) else [modes]:
            if mode not in MODES:
                yield '%s: blend mode %s' % (where, mode)


@rule('group', OURS='3.1')
def page_group(s):
    for number, (ref, page) in enumerate(s.doc.pages, 1):
        group = s.doc.sub(page, 'Group')
        if ref in s.content.transparent and (
                group.get('S') != 'Transparency' or 'CS' not in group):
            yield 'page %d uses transparency and has no /Group with /CS' % number


@rule('idle-group', OURS='3.1')
def idle_group(s):
    for number, (ref, page) in enumerate(s.doc.pages, 1):
        if 'Group' in page and ref not in s.content.transparent:
            yield 'page %d has a /Group and no transparency' % number


@rule('state', A1='6.2.8', A2='6.2.5')
def graphics_state(s):
    for where, state in s.content.states:
        if 'TR' in state or state.get('TR2', 'Default') != 'Default':
            yield '%s: a transfer function' % where
        if 'HTP' in state or 'HTO' in state:
            yield '%s: a halftone phase or origin' % where
        halftone = s.doc.sub(state, 'HT')
        if halftone.get('HalftoneType', 1) not in (1, 5):
            yield '%s: a halftone of type %s' % (where, halftone['HalftoneType'])
        if 'HalftoneName' in halftone:
            yield '%s: a halftone with a name' % where


@rule('ri', A1='6.2.9', A2='6.2.6')
def rendering_intent(s):
    yield from s.problems('intent')
    used = [(where, state.get('RI')) for where, state in s.content.states]
    used += [(where, image.dict.get('Intent')) for where, image in s.content.images.values()]
    for where, intent in used:
        if intent not in INTENTS | {None}:
            yield '%s: rendering intent %s' % (where, intent)


@rule('interpolate', A1='6.2.4', A2='6.2.8')
def interpolate(s):
    masks = [(where, s.doc.get(image.dict.get('SMask')))
             for where, image in s.content.images.values()]
    for where, image in list(s.content.images.values()) + masks:
        if isinstance(image, Stream) and image.dict.get('Interpolate') is True:
            yield '%s: a picture with /Interpolate true' % where
    yield from s.problems('inline-interpolate')


@rule('image-keys', A1='6.2.4', A2='6.2.8')
def image_keys(s):
    for where, image in s.content.images.values():
        for key in ('Alternates', 'OPI'):
            if key in image.dict:
                yield '%s: a picture with /%s' % (where, key)


@rule('image-size', PDF='8.9.5')
def image_size(s):
    """The bytes of a picture are as many as its rows take."""
    masks = [(where, s.doc.get(image.dict.get('SMask')))
             for where, image in s.content.images.values()]
    for where, image in list(s.content.images.values()) + masks:
        if not isinstance(image, Stream) or s.doc.filters(image) not in ([], ['FlateDecode']):
            continue
        space = s.doc.get(image.dict.get('ColorSpace', 'DeviceGray'))
        parts = {'DeviceGray': 1, 'DeviceRGB': 3}.get(space if not isinstance(space, list) else
                                                      None, 1)
        if isinstance(space, list) and s.doc.get(space[0]) == 'ICCBased':
            parts = s.doc.get(space[1]).dict['N']
        bits = 1 if image.dict.get('ImageMask') else image.dict['BitsPerComponent']
        rows = (image.dict['Width'] * parts * bits + 7) // 8 * image.dict['Height']
        if len(s.doc.decode(image)) != rows:
            yield '%s: a picture of %d bytes, its rows take %d' % (
                where, len(s.doc.decode(image)), rows)


@rule('reference', UA='7.20', A1='6.2.6', A2='6.2.9')
def reference_xobjects(s):
    for where, form in s.content.forms.values():
        if 'Ref' in form.dict:
            yield '%s: a form with /Ref' % where


@rule('xobject', A1='6.2.5', A2='6.2.9')
def xobjects(s):
    for where, form in s.content.forms.values():
        for key in ('OPI', 'PS'):
            if key in form.dict:
                yield '%s: a form with /%s' % (where, key)
        if form.dict.get('Subtype2') == 'PS':
            yield '%s: a form with /Subtype2 /PS' % where
    yield from s.problems('xobject')


@rule('unchecked', OURS='checker')
def unchecked(s):
    """What these rules say too little of to let it pass."""
    for space in sorted(s.content.spaces - {'DeviceRGB', 'DeviceGray', 'DeviceCMYK', 'Indexed'}):
        yield 'colour space %s is not judged' % space
    for where, image in s.content.images.values():
        if set(s.doc.filters(image)) - {'FlateDecode', 'DCTDecode', 'LZWDecode'}:
            yield '%s: a picture of %s is not judged' % (where, s.doc.filters(image))
    for where, form in s.content.forms.values():
        if 'Group' in form.dict:
            yield '%s: the group of a form is not judged' % where
    if s.content.patterns:
        yield 'patterns are not judged'
    if s.doc.list_of(s.doc.sub(s.doc.catalog, 'AcroForm').get('Fields')):
        yield 'fields of forms are not judged'


@rule('operators', A1='6.2.10', A2='6.2.2', PDF='7.8.2')
def operators(s):
    yield from s.problems('operator')


@rule('own-resources', A2='6.2.2')
def own_resources(s):
    yield from s.problems('inherited')


@rule('resources', A2='6.2.2', PDF='7.8.3')
def resources(s):
    yield from s.problems('resources')


@rule('balance', PDF='8.4.2')
def balance(s):
    yield from s.problems('balance')
