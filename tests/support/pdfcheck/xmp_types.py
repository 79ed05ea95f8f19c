"""
The predefined properties of XMP and the types of their values, as the XMP
specifications of January 2004 (PDF/A-1) and September 2005 (PDF/A-2) have them.

A type is text, integer, real, rational, boolean, date, struct, or Bag, Seq or Alt
of one of these; `lang` is Alt of texts by language.
"""
import re

DC = 'http://purl.org/dc/elements/1.1/'
PDF = 'http://ns.adobe.com/pdf/1.3/'
XMP = 'http://ns.adobe.com/xap/1.0/'
MM = XMP + 'mm/'
RIGHTS = XMP + 'rights/'
JOBS = XMP + 'bj/'
PAGES = XMP + 't/pg/'
MEDIA = 'http://ns.adobe.com/xmp/1.0/DynamicMedia/'
PHOTOSHOP = 'http://ns.adobe.com/photoshop/1.0/'
RAW = 'http://ns.adobe.com/camera-raw-settings/1.0/'
TIFF = 'http://ns.adobe.com/tiff/1.0/'
EXIF = 'http://ns.adobe.com/exif/1.0/'
LENS = EXIF + 'aux/'
PDFAID = 'http://www.aiim.org/pdfa/ns/id/'
EXTENSION = 'http://www.aiim.org/pdfa/ns/extension/'

SHARED = {
    DC: {'text': 'coverage format identifier source', 'lang': 'description rights title',
         'Seq text': 'creator', 'Seq date': 'date',
         'Bag text': 'contributor language publisher relation subject type'},
    XMP: {'text': 'BaseURL CreatorTool Nickname', 'date': 'CreateDate MetadataDate ModifyDate',
          'Bag text': 'Advisory Identifier', 'Alt struct': 'Thumbnails'},
    PDF: {'text': 'Keywords PDFVersion Producer'},
    MM: {'text': '''DocumentID InstanceID LastURL ManageTo ManageUI Manager ManagerVariant
                    RenditionClass RenditionParams VersionID''',
         'integer': 'SaveID', 'struct': 'DerivedFrom ManagedFrom RenditionOf',
         'Seq struct': 'History Versions'},
    RIGHTS: {'text': 'Certificate WebStatement', 'boolean': 'Marked', 'Bag text': 'Owner',
             'lang': 'UsageTerms'},
    JOBS: {'Bag struct': 'JobRef'},
    PAGES: {'struct': 'MaxPageSize', 'integer': 'NPages'},
    PHOTOSHOP: {'text': '''AuthorsPosition CaptionWriter Category City Country Credit Headline
                           Instructions Source State TransmissionReference''',
                'date': 'DateCreated', 'integer': 'Urgency'},
    TIFF: {'text': 'Artist Make Model Software', 'lang': 'Copyright ImageDescription',
           'date': 'DateTime', 'rational': 'XResolution YResolution',
           'integer': '''Compression ImageLength ImageWidth Orientation PhotometricInterpretation
                         PlanarConfiguration ResolutionUnit SamplesPerPixel YCbCrPositioning''',
           'Seq integer': 'BitsPerSample TransferFunction YCbCrSubSampling',
           'Seq rational': '''PrimaryChromaticities ReferenceBlackWhite WhitePoint
                              YCbCrCoefficients'''},
    EXIF: {'text': '''ExifVersion FlashpixVersion GPSAreaInformation GPSDestBearingRef
                      GPSDestDistanceRef GPSDestLatitude GPSDestLongitude GPSImgDirectionRef
                      GPSLatitude GPSLongitude GPSMapDatum GPSMeasureMode GPSProcessingMethod
                      GPSSatellites GPSSpeedRef GPSStatus GPSTrackRef GPSVersionID ImageUniqueID
                      RelatedSoundFile SpectralSensitivity''',
           'lang': 'UserComment', 'date': 'DateTimeDigitized DateTimeOriginal GPSTimeStamp',
           'integer': '''ColorSpace Contrast CustomRendered ExposureMode ExposureProgram FileSource
                         FocalLengthIn35mmFilm FocalPlaneResolutionUnit GPSAltitudeRef
                         GPSDifferential GainControl LightSource MeteringMode PixelXDimension
                         PixelYDimension Saturation SceneCaptureType SceneType SensingMethod
                         Sharpness SubjectDistanceRange WhiteBalance''',
           'rational': '''ApertureValue BrightnessValue CompressedBitsPerPixel DigitalZoomRatio
                          ExposureBiasValue ExposureIndex ExposureTime FNumber FlashEnergy
                          FocalLength FocalPlaneXResolution FocalPlaneYResolution GPSAltitude
                          GPSDOP GPSDestBearing GPSDestDistance GPSImgDirection GPSSpeed GPSTrack
                          MaxApertureValue ShutterSpeedValue SubjectDistance''',
           'struct': '''CFAPattern DeviceSettingDescription Flash OECF
                        SpatialFrequencyResponse''',
           'Seq integer': '''ComponentsConfiguration ISOSpeedRatings SubjectArea
                             SubjectLocation'''},
    EXTENSION: {'Bag struct': 'schemas'},
}
FIRST = {  # in PDF/A-1 alone
    PDFAID: {'text': 'amd conformance', 'integer': 'part'},
    PHOTOSHOP: {'text': 'SupplementalCategories'},
    EXIF: {'text': 'MakerNote', 'integer': 'GPSMeasureMode'},
}
LATER = {  # from PDF/A-2 on
    PDFAID: {'text': 'amd conformance corr', 'integer': 'part'},
    XMP: {'text': 'Label', 'real': 'Rating'},
    PAGES: {'Seq struct': 'Colorants', 'Bag struct': 'Fonts', 'Seq text': 'PlateNames'},
    PHOTOSHOP: {'Bag text': 'SupplementalCategories'},
    LENS: {'text': 'Lens SerialNumber'},
    RAW: {'text': 'CameraProfile RawFileName ToneCurveName Version WhiteBalance',
          'boolean': 'AutoBrightness AutoContrast AutoExposure AutoShadows HasCrop HasSettings',
          'real': 'CropAngle CropBottom CropHeight CropLeft CropRight CropTop CropWidth Exposure',
          'integer': '''BlueHue BlueSaturation Brightness ChromaticAberrationB
                        ChromaticAberrationR ColorNoiseReduction Contrast CropUnits GreenHue
                        GreenSaturation LuminanceSmoothing RedHue RedSaturation Saturation
                        ShadowTint Shadows Sharpness Temperature Tint VignetteAmount
                        VignetteMidpoint''',
          'Seq text': 'ToneCurve'},
    MEDIA: {'text': '''absPeakAudioFilePath album altTapeName artist audioChannelType
                       audioCompressor audioSampleType composer copyright engineer fileDataRate
                       genre instrument key logComment pullDown relativePeakAudioFilePath scaleType
                       scene shotLocation shotName speakerPlacement stretchMode tapeName
                       timeSignature videoAlphaMode videoColorSpace videoCompressor
                       videoFieldOrder videoFrameRate videoPixelDepth''',
            'boolean': 'loop videoAlphaUnityIsTransparent',
            'date': 'audioModDate metadataModDate releaseDate shotDate videoModDate',
            'integer': 'audioSampleRate trackNumber', 'real': 'numberOfBeats tempo',
            'rational': 'videoPixelAspectRatio', 'Bag struct': 'contributedMedia',
            'Seq struct': 'markers',
            'struct': '''altTimecode beatSpliceParams duration introTime outCue projectRef
                         relativeTimestamp resampleParams startTimecode timeScaleParams
                         videoAlphaPremultipleColor videoFrameSize'''},
}
PATTERNS = {
    'text': r'[\s\S]*', 'integer': r'[+-]?\d+', 'rational': r'[+-]?\d+/\d+',
    'real': r'[+-]?(\d+\.?\d*|\.\d+)', 'boolean': 'True|False',
    'date': r'\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?'}
# Value types of extension schemas by their lower-case names; any other is a text,
# or one that the schema describes.
NAMED = {'integer': 'integer', 'real': 'real', 'rational': 'rational', 'boolean': 'boolean',
         'date': 'date', 'lang alt': 'lang'}


def properties(part):
    """{(namespace, name): type} of what is predefined."""
    return {(uri, name): kind for table in (SHARED, FIRST if part == 1 else LATER)
            for uri, kinds in table.items() for kind, names in kinds.items()
            for name in names.split()}


def has_type(value, kind):
    """Whether an xmp.Value is of a type of the tables."""
    form, _, item = kind.rpartition(' ')
    if kind == 'lang':
        return value.form == 'Alt' and all(language for language, _ in value.items)
    if kind == 'struct':
        return value.form == 'Struct'
    if value.form != (form or 'text'):
        return False
    items = [i[1] for i in value.items] if value.form == 'Alt' else value.items
    if item == 'struct':
        return all(i is None for i in items)
    return all(i is not None and re.fullmatch(PATTERNS[item], i) for i in items)


def kind_of(name):
    """The type that an extension schema's valueType names; None: not known here."""
    words = name.lower().split()
    form = {'bag': 'Bag ', 'seq': 'Seq ', 'alt': 'Alt '}.get(words[0], '') if words else ''
    kind = NAMED.get(' '.join(words[1:] if form else words))
    return None if kind is None or (form and kind == 'lang') else form + kind
